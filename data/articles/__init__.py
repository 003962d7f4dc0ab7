"""Articles as files of the data folder: strict readers, findings instead of half an article."""
