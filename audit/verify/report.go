package verify

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/proof"
)

// Kind is what was done to a copy.
type Kind string

// The kinds of faults.
const (
	Changed  Kind = "changed"
	Missing  Kind = "missing"
	Swapped  Kind = "swapped"  // it stands in another place
	Inserted Kind = "inserted" // it does not belong there
	Cut      Kind = "cut"      // from here on everything is missing
	Unsigned Kind = "unsigned" // a signature is missing, or of another key
	Forked   Kind = "forked"   // whole in itself, and not what was signed
)

// Fault is one thing that is wrong.
type Fault struct {
	Kind Kind   `json:"kind"`
	Seq  uint64 `json:"seq,omitempty"`  // number of the entry
	To   uint64 `json:"to,omitempty"`   // the last of several entries
	File string `json:"file,omitempty"` // of a directory or a pack
	Line int    `json:"line,omitempty"` // from 1
	Byte int64  `json:"byte"`           // where the place begins in the file, from 0
	What string `json:"what"`
}

// String tells a fault to people.
func (f Fault) String() string {
	var where []string
	if f.Seq > 0 && f.To > f.Seq {
		where = append(where, fmt.Sprintf("entries %d to %d", f.Seq, f.To))
	} else if f.Seq > 0 {
		where = append(where, fmt.Sprintf("entry %d", f.Seq))
	}
	if f.File != "" {
		where = append(where, f.File)
	}
	if f.Line > 0 {
		where = append(where, fmt.Sprintf("line %d", f.Line))
	}
	where = append(where, fmt.Sprintf("byte %d", f.Byte))
	return fmt.Sprintf("%s: %s: %s", f.Kind, strings.Join(where, ", "), f.What)
}

// Key is a key that has signed.
type Key struct {
	Name      string          `json:"name"`
	ID        string          `json:"id"`
	Algorithm proof.Algorithm `json:"algorithm"`
	Given     bool            `json:"given"` // by whom the copy was checked for; else the copy itself names it
}

// Report is what was found.
type Report struct {
	What    string   `json:"what"` // export, answer, checkpoints, log or pack
	Whole   bool     `json:"whole"`
	Entries uint64   `json:"entries"`        // that were read
	Signed  uint64   `json:"signed"`         // of them, under a checkpoint
	Head    string   `json:"head,omitempty"` // SHA-256 of the last entry
	Files   int      `json:"files,omitempty"`
	Keys    []Key    `json:"keys"`
	Faults  []Fault  `json:"faults"`
	Notes   []string `json:"notes"` // what could not be checked
	// Sealed says whose electronic seals vouch for records of a pack.
	Sealed []Sealed `json:"sealed,omitempty"`
}

// Sealed is an institution's seal over records of a pack.
type Sealed struct {
	InstitutionID string `json:"institution_id"`
	claimwatch.Signer
	Records int  `json:"records"` // of the pack
	Trusted bool `json:"trusted"` // of a CA that was given, and valid when the records were received
}

// Options are what a copy is checked against.
type Options struct {
	Keys  []*proof.Verifier // that may sign; none: the key that the copy names itself
	Heads []byte            // notes that were kept elsewhere

	// Seal reads the signature of an upload. The error says why it is not one over the
	// text. Nil: the signatures of uploads are not checked.
	Seal func(signature, text []byte) (claimwatch.Signer, error)
	// Trust says why the certificate of a signature was not one of an accepted CA at a
	// time. Nil: certificates are not held against a CA.
	Trust func(signature []byte, at claimwatch.Instant) error
	// Canonical is the canonical form of a record of an institution as it was sent.
	Canonical func(sent []byte, institution string) ([]byte, error)
}

// Print writes the report for people.
func (r *Report) Print(to io.Writer) error {
	var b strings.Builder
	for _, f := range r.Faults {
		fmt.Fprintf(&b, "%s\n", f)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	for _, k := range r.Keys {
		given := "named by the copy itself: compare it with the published one, or give --pub"
		if k.Given {
			given = "the one given"
		}
		fmt.Fprintf(&b, "signed by %s, %s %s (%s)\n", k.Name, k.Algorithm, k.ID, given)
	}
	for _, s := range r.Sealed {
		trust := "not held against a CA: give --ca"
		if s.Trusted {
			trust = "of a CA that was given"
		}
		fmt.Fprintf(&b, "%d records of %s sealed by %s, serial %s, certificate %s (%s)\n", s.Records, s.InstitutionID, s.Subject, s.Serial, s.SHA256, trust)
	}
	if r.Head != "" {
		fmt.Fprintf(&b, "head: %s\n", r.Head)
	}
	if r.Files > 0 {
		fmt.Fprintf(&b, "files: %d\n", r.Files)
	}
	fmt.Fprintf(&b, "entries: %d, %d of them signed\n", r.Entries, r.Signed)
	if r.Whole {
		b.WriteString("whole\n")
	} else {
		fmt.Fprintf(&b, "NOT WHOLE: %d faults\n", len(r.Faults))
	}
	_, err := io.WriteString(to, b.String())
	return err
}

func (r *Report) fault(f Fault) { r.Faults = append(r.Faults, f) }

func (r *Report) note(format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
}

func (r *Report) key(v *proof.Verifier, opts Options) {
	k := Key{v.Name(), v.ID(), v.Algorithm(), slices.Contains(opts.Keys, v)}
	if !slices.Contains(r.Keys, k) {
		r.Keys = append(r.Keys, k)
	}
}

// finish orders the faults by place and says whether there are any.
func (r *Report) finish() *Report {
	slices.SortStableFunc(r.Faults, func(a, b Fault) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return int(max(-1, min(1, a.Byte-b.Byte)))
	})
	if r.Faults == nil {
		r.Faults = []Fault{}
	}
	if r.Notes == nil {
		r.Notes = []string{}
	}
	if r.Keys == nil {
		r.Keys = []Key{}
	}
	r.Whole = len(r.Faults) == 0
	return r
}

// marks opens a file of notes: every one that a key has signed becomes a mark, what
// is wrong with the others becomes a fault of the file.
func (r *Report) marks(file string, text []byte, keys []*proof.Verifier, opts Options) (marks []proof.Checkpoint) {
	notes, rest := proof.Split(text)
	for _, piece := range notes {
		c, by, err := proof.Open(piece.Text, keys...)
		if err != nil {
			kind := Changed
			if errors.Is(err, proof.ErrUnsigned) {
				kind = Unsigned
			}
			r.fault(Fault{Kind: kind, File: file, Line: piece.Line, Byte: piece.Byte, What: "checkpoint: " + err.Error()})
			continue
		}
		r.key(by, opts)
		for _, before := range marks {
			if !c.SameAs(before) {
				r.fault(Fault{Kind: Forked, Seq: c.Size, File: file, Line: piece.Line, Byte: piece.Byte, What: fmt.Sprintf(
					"the checkpoint of %d entries contradicts that of %d before it", c.Size, before.Size)})
				break
			}
		}
		marks = append(marks, c)
	}
	if len(rest.Text) > 0 {
		r.fault(Fault{Kind: Cut, File: file, Line: rest.Line, Byte: rest.Byte, What: "what stands at the end is no whole checkpoint"})
	}
	return marks
}
