# What the runbooks need of a shell, bash or zsh. Each begins with:
#   STAGE=production REGION=eu-central-1 && . docs/runbooks/on-call.sh
# Reading it changes nothing on AWS. The region is the stage's, in stages/.

: "${STAGE:?the stage that paged}" "${REGION:?its region}"
export AWS_REGION="$REGION" AWS_DEFAULT_REGION="$REGION" AWS_PAGER=

# Who you are, before anything else: a wrong account answers every question wrongly.
ACCOUNT=$(aws sts get-caller-identity --query Account --output text)
echo "Stage $STAGE, account $ACCOUNT, region $REGION."

# ago <hours>: that time, as seconds since 1970.
ago() { echo $(($(date +%s) - $1 * 3600)); }

# ask <log group> '<query>' [hours]: CloudWatch Logs Insights over the last hours, three if not said.
# The log group is what stands after /ringfence/$STAGE/; "functions" is all of them.
ask() {
  from=$(ago "${3:-3}")
  if [ "$1" = functions ]; then
    set -- "$2"
    for name in authorizer catalog tokens tenant audit reference operators exports pager archive; do set -- "$@" "/ringfence/$STAGE/$name"; done
  else
    set -- "$2" "/ringfence/$STAGE/$1"
  fi
  query=$1
  shift
  query_id=$(aws logs start-query --log-group-names "$@" --start-time "$from" --end-time "$(ago 0)" \
    --query-string "$query" --query queryId --output text) || return
  until [ "$(aws logs get-query-results --query-id "$query_id" --query \
    "contains(['Scheduled', 'Running'], status)" --output json)" != true ]; do sleep 1; done
  aws logs get-query-results --query-id "$query_id" --query "results[*][?field!='@ptr'].value" --output text
}

# set_blocked '<JMESPath of the new list>': replaces the addresses that the web ACL refuses.
# The lock is taken with the list it belongs to: a change by somebody else meanwhile makes it fail, and it is safe to repeat.
set_blocked() {
  set_id=$(aws wafv2 list-ip-sets --scope REGIONAL \
    --query "IPSets[?Name=='ringfence-$STAGE-blocked'].Id | [0]" --output text)
  lock=$(aws wafv2 get-ip-set --name "ringfence-$STAGE-blocked" --scope REGIONAL --id "$set_id" \
    --query LockToken --output text)
  addresses=$(aws wafv2 get-ip-set --name "ringfence-$STAGE-blocked" --scope REGIONAL --id "$set_id" \
    --query "$1" --output json)
  aws wafv2 update-ip-set --name "ringfence-$STAGE-blocked" --scope REGIONAL --id "$set_id" \
    --addresses "$addresses" --lock-token "$lock"
}

# block <IPv4 address>, unblock <IPv4 address>: in the web ACL, within seconds to minutes.
block() { set_blocked "[IPSet.Addresses, ['$1/32']][]"; }
unblock() { set_blocked "IPSet.Addresses[?@!='$1/32']"; }
