//! What happens at Northwind IT: the organisation first, then one file a project.

mod ai_pilot;
mod branch_wifi;
mod cloud_telephony;
mod crm_migration;
mod data_platform;
mod dc_exit;
mod e_invoicing;
mod erp_rollout;
mod field_app;
mod intranet;
mod laptop_refresh;
mod organisation;
mod payroll_cloud;
mod people;
mod pipeline;
mod programmes;
mod warehouse_scan;
mod zero_trust;

use super::telling::Teller;

/// Tells everything.
pub(super) fn tell(teller: &mut Teller) {
    for part in [
        organisation::tell,
        people::tell,
        programmes::tell,
        erp_rollout::tell,
        payroll_cloud::tell,
        e_invoicing::tell,
        warehouse_scan::tell,
        crm_migration::tell,
        data_platform::tell,
        field_app::tell,
        ai_pilot::tell,
        zero_trust::tell,
        branch_wifi::tell,
        dc_exit::tell,
        cloud_telephony::tell,
        intranet::tell,
        laptop_refresh::tell,
        pipeline::tell,
    ] {
        part(teller);
    }
}
