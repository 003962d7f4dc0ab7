"""The printed front end: PDF, slides and workbook from the same views and tokens as on screen.

Knows no Dash and no storage: views of services and figures go in, bytes of a file come out.
"""
