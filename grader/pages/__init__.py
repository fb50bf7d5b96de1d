"""What every page shares: the template kit, its words, text made fit to be shown, files written whole."""
