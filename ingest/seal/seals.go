package seal

import (
	"bytes"
	"encoding/asn1"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/emmansun/gmsm/smx509"
)

// seals are the seals of each institution: SHA-256 of a certificate, or the code of
// the holder as its CA writes it into certificates.
type seals map[string][]string

var (
	oidOrganization = asn1.ObjectIdentifier{2, 5, 4, 97} // organizationIdentifier
	oidSerialNumber = asn1.ObjectIdentifier{2, 5, 4, 5}  // of the subject, not of the certificate
)

// readSeals reads CSV with the columns institution_id and seal, a row for each seal.
func readSeals(text []byte) (seals, error) {
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	reader.FieldsPerRecord, reader.TrimLeadingSpace = 2, true
	head, err := reader.Read()
	if err != nil || head[0] != "institution_id" || head[1] != "seal" {
		return nil, errors.New("the first line must be institution_id,seal")
	}
	all := seals{}
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read seals: %w", err)
		}
		institution, value := strings.TrimSpace(row[0]), normal(row[1])
		if line, _ := reader.FieldPos(0); institution == "" || len(value) < leastSeal {
			return nil, fmt.Errorf("line %d: an institution and the SHA-256 of a certificate or the holder's code are wanted", line)
		}
		all[institution] = append(all[institution], value)
	}
}

// leastSeal keeps a slip of the pen from naming every certificate.
const leastSeal = 8

// normal writes a fingerprint as openssl prints it (colons, capitals) like all others.
func normal(value string) string {
	value = strings.TrimSpace(value)
	plain := strings.ToLower(strings.ReplaceAll(value, ":", ""))
	if len(plain) == 64 && strings.Trim(plain, "0123456789abcdef") == "" {
		return plain
	}
	return value
}

// holds says whether a certificate is a seal of an institution.
func (s seals) holds(institution string, c *smx509.Certificate) bool {
	names := []string{fingerprint(c)}
	for _, attribute := range c.Subject.Names {
		text, is := attribute.Value.(string)
		if is && (attribute.Type.Equal(oidOrganization) || attribute.Type.Equal(oidSerialNumber)) {
			names = append(names, text)
		}
	}
	return slices.ContainsFunc(s[institution], func(one string) bool { return slices.Contains(names, one) })
}
