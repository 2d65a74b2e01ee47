"""How each language writes dates and times (see FORMAT_MODULE_PATH in the settings)."""
