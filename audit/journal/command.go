package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"claimwatch"
	"claimwatch/audit/rejection"
	"claimwatch/audit/review"
)

// Type is what a command is about. The words are frozen: the log is kept for ever.
type Type string

// The types of commands.
const (
	TypeDecision      Type = "decision"       // Decision
	TypeStatement     Type = "statement"      // Statement, in the first release no payload; the text is the data
	TypeTellRetracted Type = "tell_retracted" // no payload
	TypeInheritNotice Type = "inherit_notice" // Inheritance
	TypeReferenceLoad Type = "reference_load" // ReferenceLoad; the rows are the data
	TypeKeyAdd        Type = "key_add"        // key.Key
	TypeKeyRevoke     Type = "key_revoke"     // KeyRevocation
)

// SystemKey is the actor of what the product does by itself.
const SystemKey = "system"

// Actor is who gave a command: a key, the roles that it had, and for a
// hospital's key its institution.
type Actor struct {
	Key           string                  `json:"key"`
	Roles         []claimwatch.CallerRole `json:"roles,omitempty"`
	InstitutionID string                  `json:"institution_id,omitempty"`
}

// ActorOf is the actor that a caller is.
func ActorOf(c claimwatch.Caller) Actor {
	return Actor{Key: c.KeyID, Roles: c.Roles, InstitutionID: c.InstitutionID}
}

// Command is one message of the journal. Its JSON is canonical: the fields in
// this order, absent ones left out, instants in Shanghai with milliseconds. Its
// bytes are frozen by testdata/command.
type Command struct {
	ID               string             `json:"command_id"` // the same for the same wish: a repeat is answered, not done
	Type             Type               `json:"type"`
	At               claimwatch.Instant `json:"at"` // the product's clock
	Actor            Actor              `json:"actor"`
	FindingID        string             `json:"finding_id,omitempty"`
	ExpectedRevision *int               `json:"expected_revision,omitempty"`
	Reason           string             `json:"reason,omitempty"`
	Request          string             `json:"request_sha256,omitempty"` // what was asked, to tell a repeat from another wish with one id
	Payload          json.RawMessage    `json:"payload,omitempty"`
	DataSHA256       string             `json:"data_sha256,omitempty"`

	// Data goes with the command outside of the chain: rows, a statement's
	// text, names. The chain holds its hash.
	Data []byte `json:"-"`
}

// Decision is the payload of an officer's decision.
type Decision struct {
	Action  claimwatch.Action  `json:"action"`
	Finding *review.Seen       `json:"finding"`           // as seen
	Lines   []review.Part      `json:"lines,omitempty"`   // reject: the parts asked for; none: everything
	Charges []rejection.Charge `json:"charges,omitempty"` // reject: every violating line as charged, net of refunds
	DueOn   *claimwatch.Day    `json:"due_on,omitempty"`  // extend
	To      string             `json:"to,omitempty"`      // assign, refer

	Rank      int `json:"rank,omitempty"`      // reject: the rule's place in the catalogue, from 1 on
	Procedure int `json:"procedure,omitempty"` // by which rules it was given: review.Procedure
}

// Inheritance is the payload of inherit_notice.
type Inheritance struct {
	From    string       `json:"from_finding_id"` // the retracted finding
	Finding *review.Seen `json:"finding"`         // the one that took over its lines
}

// ReferenceLoad is the payload of a reference load.
type ReferenceLoad struct {
	Table   string   `json:"table"`
	Columns []string `json:"columns"` // of the cells of each row of the data
	Rows    int      `json:"rows"`
}

// KeyRevocation is the payload of key_revoke.
type KeyRevocation struct {
	KeyID string `json:"key_id"`
}

// NewCommand makes a command with its payload and data. A payload of nil stands
// for none.
func NewCommand(c Command, payload any, data []byte) (Command, error) {
	if payload != nil {
		raw, err := marshal(payload)
		if err != nil {
			return Command{}, fmt.Errorf("write payload of %s: %w", c.Type, err)
		}
		c.Payload = raw
	}
	if data != nil {
		c.Data, c.DataSHA256 = data, hexSum(data)
	}
	return c, nil
}

// Canonical gives the bytes of the command as the chain hashes them.
func (c *Command) Canonical() ([]byte, error) { return marshal(c) }

// marshal is encoding/json without the escapes meant for web pages.
func marshal(v any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(out.Bytes(), "\n"), nil
}

func hexSum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// CommandID derives an id from what makes a wish the same wish.
func CommandID(parts ...string) string {
	var joined []byte
	for _, part := range parts {
		joined = append(append(joined, part...), 0)
	}
	return "c_" + hexSum(joined)[:32]
}
