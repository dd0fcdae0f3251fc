package journal

import "claimwatch/audit/key"

// TypeAccountSet says what a person's account is from now on. Login, name, password and
// what else proves a person are the data: only its hash is in the chain, and copies of the
// journal leave it out. Its expected_revision is the number of entries about the account.
const TypeAccountSet Type = "account_set" // AccountSet; account.Account is the data

// AccountSet is the payload of account_set.
type AccountSet struct {
	AccountID string   `json:"account_id"`
	What      []string `json:"what"` // words of account.Changes; created and rights go with the key
	// Key is the person's rights: new with the account, other ones of the same key later.
	Key *key.Key `json:"key,omitempty"`
}

// Withheld says whether copies of the journal leave out the data of a command: who signs
// in with what is nothing to those who check the journal.
func (c *Command) Withheld() bool { return c.Type == TypeAccountSet }
