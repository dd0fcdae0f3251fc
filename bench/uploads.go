package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"claimwatch"
	"claimwatch/province"
)

// watchers is how many keys ask for findings in turn, so that none meets the
// limit of one credential.
const watchers = 8

func keyOf(institution string) string { return "cw_bench_" + institution }
func watcherKey(i int) string         { return "cw_bench_watcher_" + strconv.Itoa(i%watchers) }

func hashOf(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

// upload is a body ready to be sent.
type upload struct {
	institution string
	lines       int
	body        []byte
}

// newProvince is the simulated input: the last two months up to yesterday.
func (b *bench) newProvince(persons int) *province.Province {
	return province.New(province.Config{Seed: 3, Persons: persons, From: claimwatch.InstantOf(b.now()).Day() - 61, Days: 60})
}

// render writes a province as uploads: each hospital sends each day what it
// has, at most most lines at once. Everything is made before the clock runs.
func render(p *province.Province, most int) (all []upload, lines int) {
	for batch := range p.Batches(24*time.Hour, most) {
		u := upload{institution: batch.InstitutionID, lines: len(batch.Records)}
		for i := range batch.Records {
			u.body = province.AppendLine(u.body, &batch.Records[i])
		}
		all, lines = append(all, u), lines+u.lines
	}
	return all, lines
}

// split parts uploads: the first line, which is sent before the clock runs so
// that whoever consumes has joined and prepared; the tail, the last uploads with
// about so many lines; and what is between.
func split(all []upload, tailLines int) (first, head, tail []upload) {
	line, others, _ := bytes.Cut(all[0].body, []byte("\n"))
	first = []upload{{institution: all[0].institution, lines: 1, body: line}}
	head = append([]upload{{institution: all[0].institution, lines: all[0].lines - 1, body: others}}, all[1:]...)
	at, lines := len(head), 0
	for at > 0 && lines < tailLines {
		at--
		lines += head[at].lines
	}
	return first, head[:at:at], head[at:]
}

func linesOf(uploads []upload) (lines int) {
	for _, u := range uploads {
		lines += u.lines
	}
	return lines
}

func (s *server) send(ctx context.Context, u upload) error {
	_, err := s.do(ctx, http.MethodPost, "/v1/records?wait=0", keyOf(u.institution), u.body)
	return err
}

// sendAll sends each hospital's uploads in their order, hospitals beside each other.
func (s *server) sendAll(ctx context.Context, all []upload) error {
	queues := map[string][]upload{}
	for _, u := range all {
		queues[u.institution] = append(queues[u.institution], u)
	}
	group, ctx := errgroup.WithContext(ctx)
	for _, queue := range queues {
		group.Go(func() error {
			for _, u := range queue {
				if err := s.send(ctx, u); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}
