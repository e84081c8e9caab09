"""A branch's surcharge on a product of the bank."""
