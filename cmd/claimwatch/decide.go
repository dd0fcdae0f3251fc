package main

import (
	"context"
	"encoding/json"
	"net/url"
)

type decideCommand struct {
	clientFlags
	Finding  string `arg:"" help:"The finding's id."`
	Action   string `arg:"" enum:"notify,reject,release,extend,refer,assign,confirm,decline,reopen,claim,unclaim,uphold,overturn" help:"notify, reject, release, extend, refer, assign, confirm, decline, reopen, claim, unclaim, uphold or overturn."`
	Reason   string `help:"Why. The hospital reads it."`
	Revision *int   `help:"The revision that you have seen; otherwise the present one."`
	Facts    string `help:"The facts_sha256 that you have seen; otherwise the present one."`
	JSON     bool   `name:"json" help:"One JSON object."`
}

func (decideCommand) Help() string {
	return `A rejection needs a notice and the hospital's statement, or five working days without one. Above the limit of
the agency, and to open a finding again, a second person confirms (or declines) what the first has decided. An appeal is
upheld or overturned by somebody who had no part in the rejection. claim keeps others off a finding for a while.

Example:
  claimwatch decide f_0123456789abcdef0123456789abcdef notify --reason "same item twice in one second"`
}

// decision is the body of a decision (contract, section 2).
type decision struct {
	Action           string `json:"action"`
	Reason           string `json:"reason"`
	ExpectedRevision int    `json:"expected_revision"`
	FactsSHA256      string `json:"facts_sha256"`
}

func (c decideCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	path := "/v1/findings/" + url.PathEscape(c.Finding)
	d := decision{Action: c.Action, Reason: c.Reason, FactsSHA256: c.Facts}
	if c.Revision != nil {
		d.ExpectedRevision = *c.Revision
	}
	if c.Revision == nil || c.Facts == "" {
		var seen findingView
		if err := server.get(ctx, path, nil, &seen); err != nil {
			return err
		}
		if c.Revision == nil {
			d.ExpectedRevision = seen.Revision
		}
		if c.Facts == "" {
			d.FactsSHA256 = seen.FactsSHA256
		}
	}
	var answer json.RawMessage
	if err := server.post(ctx, path+"/decisions", d, &answer); err != nil {
		return err
	}
	return printJSON(term, answer, c.JSON)
}
