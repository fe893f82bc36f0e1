//! A contract proposed from the responses that are there.
