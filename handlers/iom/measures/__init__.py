"""The municipality's own catalogue of measures."""
