package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"

	"claimwatch/audit"
)

type reportCommand struct {
	Supervision supervisionCommand `cmd:"" help:"The monthly report of supervision of a city or the province."`
}

type supervisionCommand struct {
	clientFlags
	Month  string `required:"" help:"The month, YYYY-MM."`
	City   string `help:"A city; otherwise the whole province, or the city of the key."`
	Format string `default:"" enum:",json,xlsx,pdf" help:"json, xlsx or pdf; otherwise what the name of the file ends with, or json."`
	Out    string `type:"path" help:"Write it to this file instead of printing it."`
	Seal   bool   `help:"First keep the report of a month that is over as it is now: it is given byte for byte from then on."`
}

func (supervisionCommand) Help() string {
	return `Example:
  claimwatch report supervision --month 2026-09 --out september.pdf
  claimwatch report supervision --month 2026-09 --city 太原市 --seal --out taiyuan.xlsx`
}

func (c supervisionCommand) Run(ctx context.Context, term terminal) error {
	format := c.Format
	if format == "" {
		format = "json"
		if end := strings.TrimPrefix(filepath.Ext(c.Out), "."); end == "xlsx" || end == "pdf" {
			format = end
		}
	}
	if c.Out == "" && format != "json" && term.interactive() {
		return wrongUsage("a terminal cannot show %s: give --out FILE", format)
	}
	server, err := c.client()
	if err != nil {
		return err
	}
	if c.Seal {
		if err := c.seal(ctx, server, term); err != nil {
			return err
		}
	}
	answer, err := server.do(ctx, request{
		method: http.MethodGet, path: "/v1/reports/supervision", query: url.Values{"month": {c.Month}, "city": {c.City}, "format": {format}},
	})
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if c.Out != "" {
		return writeFile(c.Out, answer.Body)
	}
	if _, err := io.Copy(term.out, answer.Body); err != nil {
		return fmt.Errorf("copy report: %w", err)
	}
	return nil
}

func (c supervisionCommand) seal(ctx context.Context, server *client, term terminal) error {
	var seal audit.SealView
	if err := server.post(ctx, "/v1/reports/supervision/seal", map[string]string{"month": c.Month, "city": c.City}, &seal); err != nil {
		return err
	}
	fmt.Fprintf(term.err, "sealed as entry %d, sha256 %s\n", seal.Entry, seal.SHA256)
	return nil
}
