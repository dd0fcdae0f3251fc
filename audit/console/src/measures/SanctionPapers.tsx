import { FileSearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { answered, client, type Schemas } from '../api/client';
import { Loaded } from '../shell/Loaded';
import { PaperButton } from '../shell/PaperButton';
import { Dossier } from './Dossier';
import type { Matter } from './matters';
import { useMeasures } from './texts';

// SanctionPapers are the letters of a measure, its dossier and its evidence.
export function SanctionPapers({ matter }: { matter: Matter }) {
  const { papers } = useMeasures();
  const [open, setOpen] = useState(false);
  const path = `/v1/sanctions/${matter.id}`;
  const announced = matter.history?.some((step) => step.action === 'announce') ?? false;
  const notified = matter.history?.some((step) => step.action === 'notify') ?? false;
  const recommended = Boolean(matter.fields['dossier_sha256']);
  return (
    <>
      {announced && (
        <PaperButton path={`${path}/letter?paper=intent`} name={`${matter.number}-intent.pdf`}>
          {papers.intent}
        </PaperButton>
      )}
      <PaperButton path={`${path}/letter?paper=notice`} name={`${matter.number}.pdf`}>
        {notified ? papers.notice : papers.draft}
      </PaperButton>
      {(notified || matter.state === 'decided') && (
        <PaperButton path={`${path}/letter?paper=report`} name={`${matter.number}-report.pdf`}>
          {papers.report}
        </PaperButton>
      )}
      {recommended && (
        <>
          <Button icon={<FileSearchOutlined />} onClick={() => setOpen(true)}>
            {papers.dossier}
          </Button>
          <PaperButton path={`${path}/evidence`} name={`${matter.number}.zip`}>
            {papers.evidence}
          </PaperButton>
          <Drawer open={open} onClose={() => setOpen(false)} title={`${papers.dossier} ${matter.number}`} size={720}>
            <DossierOf matter={matter} />
          </Drawer>
        </>
      )}
    </>
  );
}

function DossierOf({ matter }: { matter: Matter }) {
  const { papers } = useMeasures();
  const query = useQuery({
    queryKey: ['dossier', matter.id],
    queryFn: ({ signal }) =>
      answered(client.GET('/v1/sanctions/{id}/dossier', { params: { path: { id: matter.id }, query: { format: 'json' } }, signal })) as Promise<Schemas['Dossier']>,
  });
  return (
    <>
      <div className="page-filters">
        <PaperButton size="small" path={`/v1/sanctions/${matter.id}/dossier?format=pdf`} name={`${matter.number}-dossier.pdf`}>
          {papers.dossierPDF}
        </PaperButton>
        <PaperButton size="small" path={`/v1/sanctions/${matter.id}/dossier?format=json`} name={`${matter.number}.json`}>
          {papers.dossierJSON}
        </PaperButton>
      </div>
      <Loaded query={query}>{(dossier) => <Dossier dossier={dossier} />}</Loaded>
    </>
  );
}
