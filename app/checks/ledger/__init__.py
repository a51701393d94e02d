"""New promises held against those that were made before. One file a check."""
