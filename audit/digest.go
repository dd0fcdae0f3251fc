package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"slices"
	"strconv"

	"claimwatch"
	"claimwatch/audit/rejection"
	"claimwatch/audit/review"
)

// Digest sums facts only: findings, decisions and lists, without times, actors,
// keys or hashes of the chain. Two runs over the same facts and decisions have
// the same sum. The lines are frozen (TestDigest).
type Digest struct{ sum hash.Hash }

// NewDigest begins a digest.
func NewDigest() *Digest {
	d := &Digest{sum: sha256.New()}
	d.line("claimwatch digest 1")
	return d
}

// Finding adds a current finding; they come in order of their ids. suppressedBy
// is the whitelist row, empty for none.
func (d *Digest) Finding(id, facts, suppressedBy string) { d.line("finding", id, facts, suppressedBy) }

// undigested is what decides nothing: what the system does by itself and what
// hospitals say, who works on a finding, and a proposal that was declined.
var undigested = []claimwatch.Action{
	review.ActionTell, review.ActionInherit, claimwatch.ActionExplain, claimwatch.ActionAppeal,
	claimwatch.ActionClaim, claimwatch.ActionUnclaim, claimwatch.ActionDecline,
}

// Reviews adds what people decided, in order of finding ids. What the system
// does by itself hangs on when it looked and takes no part.
func (d *Digest) Reviews(reviews []review.Review) {
	for _, r := range reviews {
		for _, event := range r.History {
			if event.Proposed || slices.Contains(undigested, event.Action) {
				continue
			}
			d.line("decision", r.FindingID, string(event.Action), event.Amount().String())
			for _, part := range event.Lines {
				d.line("part", part.Kind.String(), part.InstitutionID, part.RecordID, part.Amount.String())
			}
		}
	}
}

// Lists adds the rejected-fee lists, by institution and month.
func (d *Digest) Lists(lists []rejection.RejectedList) {
	for _, list := range lists {
		d.line("list", list.InstitutionID, list.Month, list.Total.String())
		for _, item := range list.Items {
			d.line("item", item.FindingID, item.Kind.String(), item.RecordID, item.Claimed.String(), item.Rejected.String())
		}
	}
}

// String gives the digest so far, 64 hex digits.
func (d *Digest) String() string { return hex.EncodeToString(d.sum.Sum(nil)) }

// line writes fields that cannot run into each other.
func (d *Digest) line(fields ...string) {
	for _, field := range fields {
		_, _ = io.WriteString(d.sum, strconv.Itoa(len(field))+":"+field) // a hash takes everything
	}
	_, _ = io.WriteString(d.sum, "\n")
}

type digestInput struct {
	Findings bool `query:"findings" doc:"over findings only: equals evaluate --digest at the same as_of"`
}

type digestAnswer struct {
	Body struct {
		Digest string `json:"digest" doc:"64 hex digits"`
	}
}

func (a *Audit) digest(ctx context.Context, in *digestInput) (*digestAnswer, error) {
	if _, err := province(ctx, claimwatch.StaffRoles()); err != nil {
		return nil, err
	}
	sum, err := a.Digest(ctx, in.Findings)
	if err != nil {
		return nil, err
	}
	out := &digestAnswer{}
	out.Body.Digest = sum
	return out, nil
}

// Digest sums the present findings, and unless findingsOnly the decisions and
// lists too.
func (a *Audit) Digest(ctx context.Context, findingsOnly bool) (string, error) {
	d := NewDigest()
	err := a.deps.Findings.AllFacts(ctx, func(id, facts, suppressedBy string) error {
		d.Finding(id, facts, suppressedBy)
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("read findings: %w", err)
	}
	if !findingsOnly {
		d.Reviews(a.deps.Journal.Reviews())
		d.Lists(a.deps.Journal.AllRejections())
	}
	return d.String(), nil
}
