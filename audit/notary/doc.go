// Package notary signs the head of the journal when it has moved, keeps what it has
// signed beside the log, and appends it where the operator publishes it. It never
// signs a head that contradicts one that it signed before.
package notary
