"""The only code that runs beside a submission: it loads, drives and reports, and judges nothing."""
