"""What people upload is judged by its content, and leaves behind what nobody meant to hand over.

`cleaned_picture` draws a picture anew; `check_file` judges a file to download; `cleaned_document` judges it and takes
the names of its authors out. All raise ValidationError with a sentence for the person and a code for the tests.
"""

from cms.uploads.documents import check_file, cleaned_document
from cms.uploads.names import harmless_name
from cms.uploads.pictures import UNREADABLE, CleanPicture, cleaned_picture

__all__ = ["UNREADABLE", "CleanPicture", "check_file", "cleaned_document", "cleaned_picture", "harmless_name"]
