"""What decides about articles: splits, rights, withdrawals."""
