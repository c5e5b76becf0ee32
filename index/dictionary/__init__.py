"""Content words across English, Traditional Chinese and Japanese."""
