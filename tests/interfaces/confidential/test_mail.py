"""No letter tells anything of a confidential product to who has no right to it."""
