# An old attempt under a name that is no question.
