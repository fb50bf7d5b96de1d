"""What somebody practised: a small file of events, what they come to, and which question is next."""
