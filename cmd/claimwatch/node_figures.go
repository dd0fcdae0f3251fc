package main

import (
	"context"

	"claimwatch"
	"claimwatch/audit"
	"claimwatch/audit/figures"
	"claimwatch/audit/term"
	"claimwatch/store"
)

// figureReaders reads what figures are made of out of the store.
func (n *node) figureReaders() *audit.FigureReaders {
	return &audit.FigureReaders{
		Config: figures.DefaultConfig(), Sums: n.figureSums, LastReceived: n.db.LastReceived,
		Uploads: func(ctx context.Context, q figures.UploadQuery) ([]figures.UploadSum, string, error) {
			list, next, err := n.db.Uploads(ctx, store.UploadQuery(q))
			sums := make([]figures.UploadSum, len(list))
			for i, u := range list {
				sums[i] = figures.UploadSum(u)
			}
			return sums, next, err
		},
		Health: func(ctx context.Context, institution string, received, happened claimwatch.Interval, late int64) (figures.Health, error) {
			read, err := n.db.UploadHealth(ctx, institution, received, happened, n.receptions(late))
			h := figures.Health{Times: read.Times, Gaps: figures.Gaps(read.Gaps)}
			for _, d := range read.Days {
				h.Days = append(h.Days, figures.UploadDay(d))
			}
			for _, c := range read.Codes {
				h.Codes = append(h.Codes, figures.RefusedCode(c))
			}
			for _, d := range read.Delays {
				h.Delays = append(h.Delays, figures.Delays(d))
			}
			return h, err
		},
	}
}

func (n *node) figureSums(ctx context.Context, asOf claimwatch.Instant, late int64) (figures.Sums, error) {
	read, err := n.db.Figures(ctx, asOf, n.receptions(late))
	sums := figures.Sums{Houses: make([]figures.HouseMonth, len(read.Houses)), Physicians: make([]figures.PhysicianMonth, len(read.Physicians))}
	for i, h := range read.Houses {
		sums.Houses[i] = figures.HouseMonth{
			InstitutionID: h.InstitutionID, Month: monthOf(h.Month), Records: h.Records, Timed: h.Timed, Late: h.Late, Charged: h.Charged,
			Stays: h.Stays, Discharged: h.Discharged, StayDays: h.StayDays, StayCost: h.StayCost, StayDrugs: h.StayDrugs,
		}
	}
	for i, p := range read.Physicians {
		sums.Physicians[i] = figures.PhysicianMonth{
			InstitutionID: p.InstitutionID, PhysicianID: p.PhysicianID, Month: monthOf(p.Month), Stays: p.Stays, Charged: p.Charged,
		}
	}
	for _, b := range read.Blamed {
		sums.Blamed = append(sums.Blamed, figures.Blamed(b))
	}
	return sums, err
}

// monthOf reads 202601.
func monthOf(yearAndMonth int) term.Month {
	return term.MonthIn(yearAndMonth/100, 1) + term.Month(yearAndMonth%100-1)
}

// receptions are ignored when history is read in: its times of reception are ours.
func (n *node) receptions(late int64) store.Receptions {
	return store.Receptions{Late: late, Ignored: n.settings.Clock == "event"}
}
