"""The measures of the report, from the sums of the tallies."""
