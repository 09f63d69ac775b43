"""What is said while a picture is being drawn."""

DRAWING = "Рисую график, он придёт следующим сообщением."
