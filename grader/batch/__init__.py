"""The flow for many submissions: a folder becomes a report, resumably."""
