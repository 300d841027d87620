"""``release verify``: whether a release is whole, agrees with itself, and is what its project makes."""
