// What is wrong with a refused record, and what to mend, by the code of the API.
export const refusals = {
  advice: {
    syntax: { what: 'Not whole JSON', mend: 'Check that quotes, commas and braces are in pairs; one record a line, no line breaks within it.' },
    not_utf8: { what: 'Not UTF-8', mend: 'Export as UTF-8; convert GBK files first.' },
    duplicate_key: { what: 'A field occurs twice', mend: 'Write each field once; names of fields are in lower case.' },
    unknown_field: { what: 'There is no such field', mend: 'Check the name against the interface description (lower case, underscores) and drop what is not in it.' },
    missing: { what: 'A required field is missing', mend: 'Fill the field in; an empty text and null count as not filled in.' },
    type: { what: 'The wrong type', mend: 'Amounts and quantities are texts ("128.50"), levels and days whole numbers, yes and no are true and false.' },
    format: { what: 'Written in the wrong way', mend: 'Times need an offset (2026-10-01T09:00:00+08:00), amounts have no commas, identifiers only letters, digits and . _ : -; a person id is never an identity-card number.' },
    range: { what: 'Outside what is allowed', mend: 'Check the word against its list and the number against its limits; the sign of an amount must fit a charge or a refund.' },
    scale: { what: 'Too many decimals', mend: 'Amounts have at most 2, quantities 4, unit prices 6.' },
    control_char: { what: 'A control character', mend: 'Take out line breaks, tabs and other characters that cannot be seen.' },
    amount_mismatch: { what: 'Amount is not quantity times price', mend: 'Check quantity, price and amount; with a discount, give the price that was charged.' },
    time_order: { what: 'Times in the wrong order', mend: 'The end comes after the start, a report not before its examination.' },
    future: { what: 'In the future', mend: 'Check the time and the clock of the server; at most 5 minutes ahead are taken.' },
    unknown_kind: { what: 'There is no such kind', mend: 'kind is one of those in the interface description.' },
    too_long: { what: 'Too long', mend: 'Identifiers have at most 64 characters, other texts 256, a line 1 MiB.' },
    conflict: { what: 'Other content under the same id', mend: 'What was taken first stands. To correct it, raise revision by one and upload again.' },
    identity_changed: { what: 'Another person or stay', mend: 'Void the record first (cancelled true, revision raised by one), then upload under a new record id.' },
    institution_mismatch: { what: 'Another institution', mend: 'Leave institution_id out, or put your own.' },
    negative_without_reverses: { what: 'A refund of nothing', mend: 'A refund names the fee that it takes back in reverses.' },
  },
};
