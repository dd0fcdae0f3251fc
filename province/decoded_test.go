package province

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/ingest/decode"
	"claimwatch/province/adversary"
)

// accepted decodes a record as the door does at a moment and says why not, "" when
// what comes out is the record that went in.
func accepted(r *claimwatch.Record, now claimwatch.Instant) string {
	line := bytes.TrimSuffix(AppendLine(nil, r), []byte("\n"))
	if bytes.ContainsRune(line, '\n') {
		return "it is not one line"
	}
	back, refusal := decode.Decode(line, decode.Options{InstitutionID: r.InstitutionID, Now: now})
	if refusal != nil {
		return refusal.Error()
	}
	if back.ContentHash() != r.ContentHash() {
		return cmp.Diff(*r, back)
	}
	return ""
}

// The door takes every record at the moment at which it is sent: nothing is
// uploaded before it happened, and every value is one that the contract allows.
func TestTheDoorTakesEveryRecordWhenItIsSent(t *testing.T) {
	p := New(Config{Seed: 21, Persons: 50, Days: 70, ViolationRate: 0.5, NoiseRate: 0.3, Rounds: 1})
	count := 0
	for at, r := range p.Records() {
		if why := accepted(r, at); why != "" {
			t.Fatalf("%s %s sent at %s is refused: %s", r.Kind, r.RecordID, at, why)
		}
		if r.OccurredAt > at && !r.Kind.MayLieAhead() {
			t.Fatalf("%s %s happens at %s and is sent at %s", r.Kind, r.RecordID, r.OccurredAt, at)
		}
		count++
	}
	if count < 10_000 {
		t.Errorf("only %d records were decoded", count)
	}
}

// The records that disturb a log are refused for what they are or taken for
// what they are, never for being no records.
func TestTheDoorTakesTheMessToo(t *testing.T) {
	p := New(Config{Seed: 22, Persons: 25, Days: 60, ViolationRate: 0.5})
	log := Mess{Seed: 5, Shuffle: true, Duplicates: 0.1, Conflicts: 0.3, Changed: 0.3}.Log(played(p))
	for i := range log {
		if why := accepted(&log[i], p.Until()); why != "" {
			t.Fatalf("%s %s is refused: %s", log[i].Kind, log[i].RecordID, why)
		}
	}
}

// The awkward worlds are made of records that the door takes: a disagreement
// about one that it would refuse would be about nothing.
func TestTheDoorTakesTheRecordsOfTheAdversary(t *testing.T) {
	drawn := rapid.Custom(adversary.World)
	refused := 0
	for seed := range 300 {
		for _, r := range drawn.Example(seed).Records {
			line := bytes.TrimSuffix(AppendLine(nil, &r), []byte("\n"))
			_, refusal := decode.Decode(line, decode.Options{InstitutionID: r.InstitutionID, Now: claimwatch.Latest})
			if refusal != nil && refusal.Code != claimwatch.CodeAmountMismatch {
				t.Errorf("seed %d: %s %s is refused: %v\n%s", seed, r.Kind, r.RecordID, refusal, line)
				if refused++; refused > 5 {
					t.FailNow()
				}
			}
		}
	}
}
