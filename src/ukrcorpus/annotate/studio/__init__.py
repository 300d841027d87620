"""Label Studio servers on this machine: one for each annotator, ended only by who started them."""
