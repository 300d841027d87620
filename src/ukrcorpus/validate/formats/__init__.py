"""The report in the forms that other programs read: GitHub annotations, SARIF, JUnit."""
