"""Datasets: the turns of many records as Parquet, a file for each year and body, kept up to date with the records."""
