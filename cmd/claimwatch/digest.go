package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
)

type digestCommand struct {
	clientFlags
	Findings bool `help:"Over findings only: equals evaluate --digest at the same as_of."`
	JSON     bool `name:"json" help:"One JSON object."`
}

func (digestCommand) Help() string {
	return `Two runs over the same facts and decisions print the same line.

Example:
  claimwatch digest --findings`
}

// digestAnswer is the answer of GET /v1/digest.
type digestAnswer struct {
	Digest string `json:"digest"`
}

func (c digestCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	query := url.Values{}
	if c.Findings {
		query.Set("findings", "true")
	}
	var answer digestAnswer
	if err := server.get(ctx, "/v1/digest", query, &answer); err != nil {
		return err
	}
	return answer.print(term, c.JSON)
}

func (a digestAnswer) print(term terminal, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(term.out).Encode(a)
	}
	_, err := fmt.Fprintln(term.out, a.Digest)
	return err
}
