"""What the window asks and shows beside the page."""
