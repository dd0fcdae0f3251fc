// Package journal is who decided what, when, on which facts, and why. Commands
// stand in one topic with one partition, so they have one order. A pure fold
// accepts or refuses each, numbers the accepted, and chains their hashes; a
// command that comes twice has one effect and one answer. Producers compute no
// hash, so two of them cannot fork the chain.
//
// Every process reads the topic whole and folds it; callers of Do wait until
// their own process's fold has passed their command. The store only remembers:
// its rows are written from the fold and rebuilt from the log.
//
// Nothing clinical enters the chain. What a hospital explains, and the names of
// items, travel as the data of a command: its hash is in the chain, its text is
// beside it, so that text can be erased without breaking anything.
package journal
