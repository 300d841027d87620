"""Label Studio's exports: read task by task, taken into ``annotations/`` once each, told as tables."""
