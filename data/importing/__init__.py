"""Import of a town: strict readers, the recipe, the checks, and one assembled delivery."""
