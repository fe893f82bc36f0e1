-- Languages are told by other rules than before: what is read off examples is read again.

INSERT OR IGNORE INTO trait_pending SELECT id FROM example;
