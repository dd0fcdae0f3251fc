// Package paper makes the documents that leave the house: letters as PDF in the
// form of Chinese official papers and tables as XLSX. The same content gives the
// same bytes, always: a document that was sent can be made again and compared.
// A character that cannot be drawn or seen is never dropped: its number stands in
// its place. A cell never becomes a formula or a link.
package paper
