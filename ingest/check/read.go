package check

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"

	"claimwatch"
	"claimwatch/ingest/body"
	"claimwatch/ingest/decode"
)

// read reads and decodes the body, as the door of uploads does.
func (c *Check) read(w http.ResponseWriter, r *http.Request, institution string) ([]numbered, Answer, error) {
	answer := Answer{Refused: []claimwatch.Refusal{}, Findings: []claimwatch.Foreseen{}}
	media, err := body.MediaOf(r.Header)
	if err != nil {
		return nil, answer, err
	}
	ctx, cancel := context.WithTimeout(r.Context(), c.cfg.Patience)
	defer cancel()
	turn, err := c.bodies.Acquire(ctx, institution, 1)
	if err != nil {
		return nil, answer, unavailable(err)
	}
	defer turn.Release()
	opened, err := body.Open(body.NewPaced(w, r.Body, c.cfg.Pace, c.cfg.Now), media.Coding)
	if err != nil {
		return nil, answer, explain(err)
	}
	defer opened.Close()
	form := decode.NDJSON
	if media.Array {
		form = decode.Array
	}
	reader := decode.NewReader(opened, form, decode.Options{InstitutionID: institution, Now: claimwatch.InstantOf(c.cfg.Now())})
	reader.MaxRecords = c.cfg.Records
	var records []numbered
	persons := map[string]bool{}
	for {
		item, err := reader.Next()
		switch {
		case errors.Is(err, io.EOF):
			return records, answer, nil
		case err != nil:
			return nil, answer, explain(err)
		case item.Refusal != nil:
			answer.Refused = append(answer.Refused, *item.Refusal)
			continue
		}
		persons[item.Record.PersonID] = true
		if len(persons) > c.cfg.Persons {
			return nil, answer, claimwatch.Refuse(claimwatch.CodeTooLarge,
				"the body is about more than %d persons: ask about fewer at a time", c.cfg.Persons)
		}
		records = append(records, numbered{item.Index, item.Record})
	}
}

// explain gives an error of the body its words.
func explain(err error) error {
	var sender *body.SenderError
	var refusal *claimwatch.Error
	switch {
	case errors.Is(err, body.ErrSlow):
		return &claimwatch.Error{Code: claimwatch.CodeSyntax, Cause: err, Message: "the body came too slowly and was cut off"}
	case errors.As(err, &refusal):
		return err
	case errors.As(err, &sender):
		return &claimwatch.Error{Code: claimwatch.CodeSyntax, Cause: err, Message: "the body ended early"}
	default:
		return err
	}
}

// sorted puts refusals into the order of the body.
func sorted(refused []claimwatch.Refusal) []claimwatch.Refusal {
	slices.SortFunc(refused, func(a, b claimwatch.Refusal) int { return cmp.Compare(a.Index, b.Index) })
	return refused
}
