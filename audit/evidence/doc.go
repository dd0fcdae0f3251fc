// Package evidence writes and reads evidence packs: one archive with everything that a
// finding, or a dossier, rests on. The archive is a zip of files that are not
// compressed, in a fixed order with fixed times, so that the same content is the same
// bytes and every byte of it belongs to a file that can be named. A manifest with the
// hash of each file comes first, and a note that signs it before that.
package evidence
