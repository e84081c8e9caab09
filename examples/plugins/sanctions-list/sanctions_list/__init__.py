"""A list of names with whom the bank does no business."""
