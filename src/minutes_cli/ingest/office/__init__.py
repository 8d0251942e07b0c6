"""Word, OpenDocument and Excel files: packages of XML."""
