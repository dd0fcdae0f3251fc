package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

type rejectionsCommand struct {
	clientFlags
	Institution string `required:"" help:"The institution."`
	Month       string `required:"" help:"The month, YYYY-MM."`
	Format      string `default:"json" enum:"json,csv" help:"json or csv."`
}

func (rejectionsCommand) Help() string {
	return `Example:
  claimwatch rejections --institution H001 --month 2026-10 --format csv > list.csv`
}

func (c rejectionsCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	answer, err := server.do(ctx, request{
		method: http.MethodGet, path: "/v1/rejections",
		query: url.Values{"institution_id": {c.Institution}, "month": {c.Month}, "format": {c.Format}},
	})
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(term.out, answer.Body); err != nil {
		return fmt.Errorf("copy list: %w", err)
	}
	return nil
}
