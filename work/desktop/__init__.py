"""The window: lobby, tables and everything else that pygame draws."""
