"""From what somebody handed in to submissions: files, notebooks, answers in YAML."""
