"""Pictures for the chat and for reports. The modules that draw bring matplotlib: import them in a worker only."""
