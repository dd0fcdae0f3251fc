package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch/api"
)

// paperAnswer is what the server of the test below gives.
type paperAnswer struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

// TestRejectionsToAFile: the bytes come as they were sent, and a call that fails
// leaves the file that was there.
func TestRejectionsToAFile(t *testing.T) {
	url := doors(t, func(s *api.Server) {
		huma.Get(s.API(), "/v1/rejections", func(_ context.Context, in *struct {
			Institution string `query:"institution_id"`
			Month       string `query:"month"`
			Format      string `query:"format"`
		},
		) (*paperAnswer, error) {
			if in.Institution != "H1" || in.Month != "2026-03" {
				return nil, errors.New("another list")
			}
			return &paperAnswer{"application/octet-stream", []byte("\x00%" + in.Format + "\xff\r\n")}, nil
		})
	})
	path := filepath.Join(t.TempDir(), "list")
	run := func(args ...string) (int, string) {
		var out, errs bytes.Buffer
		args = append([]string{"rejections", "--server", url, "--key", "good", "--month", "2026-03"}, args...)
		code := execute(t.Context(), args, terminal{in: strings.NewReader(""), out: &out, err: &errs})
		return code, out.String() + errs.String()
	}
	for _, format := range []string{"pdf", "xlsx"} {
		if code, says := run("--institution", "H1", "--format", format, "--out", path); code != exitDone || says != "" {
			t.Fatalf("%s: exit code %d, %s", format, code, says)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != "\x00%"+format+"\xff\r\n" {
			t.Errorf("the file of %s has %q, %v", format, got, err)
		}
	}
	if code, _ := run("--institution", "H2", "--format", "pdf", "--out", path); code != exitFailed {
		t.Errorf("a refused call ends with %d", code)
	}
	if code, says := run("--institution", "H1", "--format", "pdf"); code != exitDone || says != "\x00%pdf\xff\r\n" {
		t.Errorf("into a pipe: %d %q", code, says)
	}
	if code, _ := run("--institution", "H1", "--format", "docx"); code != exitUsage {
		t.Errorf("an unknown format ends with %d", code)
	}
	if err := writeFile(path, io.MultiReader(strings.NewReader("half"), broken{})); err == nil {
		t.Error("a stream that broke is written")
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "\x00%xlsx\xff\r\n" {
		t.Errorf("after what failed the file has %q, %v", got, err)
	}
	if left, err := filepath.Glob(path + ".*"); err != nil || len(left) != 0 {
		t.Errorf("files are left: %v, %v", left, err)
	}
}

// broken is a stream that ends early.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
