package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
)

type rejectionsCommand struct {
	clientFlags
	Institution string `required:"" help:"The institution."`
	Month       string `required:"" help:"The month, YYYY-MM."`
	Format      string `default:"json" enum:"json,csv,xlsx,pdf" help:"json, csv, xlsx or pdf."`
	Out         string `type:"path" help:"Write it to this file instead of printing it."`
}

func (rejectionsCommand) Help() string {
	return `Example:
  claimwatch rejections --institution H001 --month 2026-10 --format csv > list.csv
  claimwatch rejections --institution H001 --month 2026-10 --format pdf --out list.pdf`
}

func (c rejectionsCommand) Run(ctx context.Context, term terminal) error {
	if c.Out == "" && (c.Format == "xlsx" || c.Format == "pdf") && term.interactive() {
		return wrongUsage("a terminal cannot show %s: give --out FILE", c.Format)
	}
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
	if c.Out != "" {
		return writeFile(c.Out, answer.Body)
	}
	if _, err := io.Copy(term.out, answer.Body); err != nil {
		return fmt.Errorf("copy list: %w", err)
	}
	return nil
}

// writeFile writes a whole file or none: what breaks off leaves what was there.
func writeFile(path string, from io.Reader) error {
	part := path + ".part"
	file, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600) // it names persons
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = io.Copy(file, from)
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(part))
	}
	return nil
}
