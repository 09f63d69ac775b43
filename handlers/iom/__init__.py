"""Routes (ИОМ): composing, agreeing, walking, closing, and seeing how they go."""
