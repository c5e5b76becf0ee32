"""What is drawn, as plain values: parts of lines with the role each part plays. No widgets here."""
