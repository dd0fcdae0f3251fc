package door

import (
	"net/url"
	"strconv"
	"time"

	"claimwatch"
)

// options are the query of POST /v1/records.
type options struct {
	atomic bool
	wait   time.Duration
}

// readOptions refuses what it does not know: a misspelt atomic must not become
// an upload that is not atomic.
func readOptions(rawQuery string) (options, error) {
	o := options{wait: defaultWait}
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return o, claimwatch.BadQuery("", "the query string cannot be read")
	}
	for name, values := range query {
		if len(values) > 1 {
			return o, claimwatch.BadQuery(name, "is given more than once")
		}
		switch name {
		case "atomic":
			switch values[0] {
			case "true":
				o.atomic = true
			case "false":
			default:
				return o, claimwatch.BadQuery(name, "must be true or false")
			}
		case "wait":
			if o.wait, err = readWait(values[0]); err != nil {
				return o, err
			}
		default:
			return o, claimwatch.BadQuery(name, "is not known here: atomic and wait are")
		}
	}
	return o, nil
}

func readWait(text string) (time.Duration, error) {
	n, err := strconv.ParseUint(text, 10, 8)
	if err != nil || n > maxWait {
		return 0, claimwatch.BadQuery("wait", "must be a number of seconds from 0 to 30")
	}
	return seconds(int(n)), nil
}

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }
